{% snapshot customers_history %}

{{
    config(
        target_schema=target.schema ~ '_snapshots',
        unique_key='customer_id',
        strategy='timestamp',
        updated_at='updated_at'
    )
}}

select
    customer_id,
    city,
    country_code,
    marketing_opt_in,
    updated_at at time zone 'utc' as updated_at
from {{ source('shop', 'customers') }}

{% endsnapshot %}
