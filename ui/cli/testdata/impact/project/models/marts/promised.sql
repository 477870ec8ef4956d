select 1 as id, {{ lib.rounded('2.0') }} as amount
