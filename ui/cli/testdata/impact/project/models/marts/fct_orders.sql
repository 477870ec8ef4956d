select id, {{ money('amount') }} as amount, country from {{ ref('stg_orders') }}
