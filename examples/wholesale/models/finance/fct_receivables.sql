select
    shipments.shipment_no,
    shipments.account_no,
    shipments.shipped_on + accounts.payment_days as due_on,
    shipments.net_amount - coalesce(notes.amount, 0) as open_amount
from {{ ref('fct_shipments') }} as shipments
inner join {{ ref('dim_accounts') }} as accounts
    on shipments.account_no = accounts.account_no
left join {{ ref('fct_credit_notes') }} as notes
    on shipments.shipment_no = notes.shipment_no
