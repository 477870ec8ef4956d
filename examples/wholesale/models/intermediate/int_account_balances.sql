with shipped as (

    select
        account_no,
        sum(net_amount) as shipped_amount
    from {{ ref('int_shipments_priced') }}
    group by account_no

),

credited as (

    select
        shipments.account_no,
        sum(notes.amount) as credited_amount
    from {{ ref('stg_erp__credit_notes') }} as notes
    inner join {{ ref('stg_erp__shipments') }} as shipments
        on notes.shipment_no = shipments.shipment_no
    group by shipments.account_no

)

select
    shipped.account_no,
    shipped.shipped_amount,
    coalesce(credited.credited_amount, 0) as credited_amount
from shipped
left join credited
    on shipped.account_no = credited.account_no
