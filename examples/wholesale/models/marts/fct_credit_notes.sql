select
    notes.credit_note_no,
    notes.shipment_no,
    shipments.account_no,
    notes.reason_code,
    notes.amount,
    notes.issued_on
from {{ ref('stg_erp__credit_notes') }} as notes
inner join {{ ref('stg_erp__shipments') }} as shipments
    on notes.shipment_no = shipments.shipment_no
