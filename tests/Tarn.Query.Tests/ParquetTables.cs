namespace Tarn.Query.Tests;

/// <summary>Database p: Parquet files with nested columns, such as delivery writes.</summary>
internal static class ParquetTables
{
    public static async Task CreateAsync(QueryLake lake)
    {
        await lake.CreateParquetTableAsync(
            "p.orders",
            "id bigint; customer struct<name:string,address:struct<city:string,zip:int>>;"
                + " items array<struct<sku:string,count:int,price:decimal(10,2)>>; tags map<string,array<string>>;"
                + " total decimal(38,4); paid date; raw binary; small tinyint; share float");
        await lake.PutParquetAsync(
            "p.orders",
            "o1.parquet",
            """
            SELECT * FROM (VALUES
                (1::BIGINT, {'name': 'ann', 'address': {'city': 'Brno', 'zip': 60200::INT}},
                 [{'sku': 'a', 'count': 2::INT, 'price': 1.50::DECIMAL(10,2)},
                  {'sku': 'b', 'count': 1::INT, 'price': NULL}],
                 MAP {'x': ['y', NULL]}, 12345678901234567890.1234::DECIMAL(38,4), DATE '2026-11-23',
                 'abc'::BLOB, (-5)::TINYINT, 0.5::FLOAT),
                (2, NULL, [], MAP {}, NULL, NULL, NULL, NULL, NULL),
                (3, {'name': NULL, 'address': NULL}, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            ) AS t(id, customer, items, tags, total, paid, raw, small, share)
            """);
        await lake.PutParquetAsync("p.orders", "o2.parquet", "SELECT 4::BIGINT AS id");
    }
}
