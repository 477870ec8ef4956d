select * from {{ ref('stg_refunds') }} where {{ function('is_positive') }}(amount) and days < {{ var('window') }}
