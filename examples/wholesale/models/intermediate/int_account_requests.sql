{{ config(materialized='ephemeral') }}

select
    account_no,
    count(*) as request_count,
    max(wanted_on) as last_wanted_on
from {{ ref('stg_portal__order_requests') }}
where request_state <> 'Withdrawn'
group by account_no
