"""What a session cost at language models, as the report says it."""

from interviews.models import Session
from interviews.spending import cost_of
from reports.origins import ModelUse


def model_use(session: Session) -> ModelUse | None:
    """None where no language model was asked."""
    cost = cost_of(session)
    total = cost.total
    if not total.requests:
        return None
    return ModelUse(
        models=cost.models,
        requests=total.requests,
        failures=total.failures,
        input_tokens=total.input_tokens,
        output_tokens=total.output_tokens,
        is_estimate=total.is_estimate,
        money=total.money,
    )
