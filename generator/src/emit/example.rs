//! An example's `main`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::ident;
use super::item::{integer, ty};
use crate::page::Code;
use crate::rust::{Expr, Main};

pub(super) fn main(main: &Main) -> Code {
    let bindings = main.bindings.iter().map(|(name, value)| {
        let (name, value) = (ident(name), expr(value));
        quote!(let #name = #value;)
    });
    let request = expr(&main.request);
    let method = ident(&main.method);
    let mut code = Code::default();
    code.items(quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::from_env()?;
            #(#bindings)*
            let request = #request;
            let response = client.#method(request).await?;
            println!("{response:#?}");
            Ok(())
        }
    });
    code
}

fn expr(value: &Expr) -> TokenStream {
    match value {
        Expr::Text(text) => text.to_token_stream(),
        Expr::Integer(number) => integer(*number),
        Expr::Unsigned(number) => Literal::u64_unsuffixed(*number).into_token_stream(),
        Expr::Float(number) => float(*number),
        Expr::Boolean(value) => value.to_token_stream(),
        Expr::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            quote!(#of::#variant)
        }
        Expr::List(items) => {
            let items = items.iter().map(expr);
            quote!([#(#items),*])
        }
        Expr::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = expr(value);
                quote!((#key, #value))
            });
            quote!([#(#entries),*])
        }
        Expr::New {
            ty,
            arguments,
            setters,
        } => {
            let ty = ident(ty);
            let arguments = arguments.iter().map(expr);
            let setters = setters.iter().map(|(name, value)| {
                let (name, value) = (ident(name), expr(value));
                quote!(.#name(#value))
            });
            quote!(#ty::new(#(#arguments),*)#(#setters)*)
        }
        Expr::Variable(name) => ident(name).into_token_stream(),
        Expr::Default(of) => {
            let of = ty(of).to_tokens();
            quote!(<#of>::default())
        }
    }
}

/// A number with a point and a sign.
fn float(number: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(number.abs());
    if number < 0.0 {
        quote!(-#literal)
    } else {
        literal.into_token_stream()
    }
}
