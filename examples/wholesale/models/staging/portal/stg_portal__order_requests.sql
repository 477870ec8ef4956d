-- The portal's tables keep the case its developers typed.
select
    "RequestId" as request_id,
    "AccountNo" as account_no,
    "WantedOn" as wanted_on,
    "State" as request_state
from {{ source('portal', 'order_requests') }}
