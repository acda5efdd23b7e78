//! The steps of a call, one by one: what calls, lists and waiters are made of.

use super::Client;
use crate::error::Error;
use crate::operation::Call;
use crate::response::Success;
use crate::trace;
use crate::validate::Validate;
use crate::value::Structure;
use crate::wire_enum::NoCodes;

impl Client {
    /// Checks a request, unless the settings say not to.
    pub(crate) fn validated(
        &self,
        request: &impl Validate,
    ) -> Result<(), Error<NoCodes>> {
        if self.0.config.validation {
            request.validate().map_err(Error::Invalid)?;
        }
        Ok(())
    }

    /// Calls an operation and leaves the answer as it came.
    pub(crate) async fn exchange(
        &self,
        call: &Call<'_>,
        request: &dyn Structure,
    ) -> Result<Success, Error<NoCodes>> {
        let attempts = self.0.attempts(call, request);
        trace::call(self.0.service.id, call.name, attempts).await
    }
}
