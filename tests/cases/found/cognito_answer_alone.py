from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    CustomMessageTriggerEvent,
    PreSignUpTriggerEvent,
)


def answer_handler(event, context):
    trigger = CustomMessageTriggerEvent(event)
    if trigger.trigger_source == "CustomMessage_SignUp":
        trigger.response.email_subject = f"Welcome, {trigger.user_name}"
    return trigger.response  # LL202


@event_source(data_class=PreSignUpTriggerEvent)
def object_handler(event: PreSignUpTriggerEvent, context):
    event.response.auto_confirm_user = True
    return event  # LL202


def event_handler(event, context):
    trigger = PreSignUpTriggerEvent(event)
    if trigger.request.user_attributes.get("email", "").endswith("@example.com"):
        trigger.response.auto_confirm_user = True
    return event


@event_source(data_class=PreSignUpTriggerEvent)
def raw_handler(event: PreSignUpTriggerEvent, context):
    event.response.auto_verify_email = True
    return event.raw_event
