select
    credit_note_no,
    shipment_no,
    reason_code,
    amount,
    issued_on
from {{ source('erp', 'credit_notes') }}
