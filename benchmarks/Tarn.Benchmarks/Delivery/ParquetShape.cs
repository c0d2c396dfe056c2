using System.Globalization;
using System.Text;
using Tarn.Benchmarks.Lakes;
using Tarn.Catalog.Tables;

namespace Tarn.Benchmarks.Delivery;

/// <summary>Records of one kind: how to make them, and their columns as Glue and as DuckDB declare them.</summary>
internal sealed record ParquetShape(
    string Name, Func<long, byte[]> Make, IReadOnlyList<Column> Columns, string DuckDbColumns)
{
    private const int Users = 100_000;

    /// <summary>Five members without nesting.</summary>
    public static readonly ParquetShape Scores = new(
        "flat",
        index => ScoreRecords.Make(index, Users),
        [
            new("user_id", "bigint"), new("game", "string"), new("score", "bigint"), new("at", "timestamp"),
            new("session", "string"),
        ],
        "{user_id: 'BIGINT', game: 'VARCHAR', score: 'BIGINT', 'at': 'TIMESTAMP', session: 'VARCHAR'}");

    /// <summary>A struct, a list of structs and a map.</summary>
    public static readonly ParquetShape Orders = new(
        "nested",
        Order,
        [
            new("id", "bigint"), new("customer", "struct<id:int,name:string,vip:boolean>"),
            new("items", "array<struct<sku:string,count:int,price:decimal(10,2)>>"), new("tags", "map<string,string>"),
        ],
        "{id: 'BIGINT', customer: 'STRUCT(id INTEGER, name VARCHAR, vip BOOLEAN)',"
            + " items: 'STRUCT(sku VARCHAR, count INTEGER, price DECIMAL(10,2))[]', tags: 'MAP(VARCHAR, VARCHAR)'}");

    private static byte[] Order(long index)
    {
        var items = Enumerable.Range(0, (int)(index % 4)).Select(item => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"sku\":\"sku-{(index * 7) + item:00000000}\",\"count\":{item + 1},\"price\":{index % 100}.{item}5}}"));
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":{index},\"customer\":{{\"id\":{index % Users},\"name\":\"customer {index % 5000}\",\"vip\":"
            + $"{(index % 9 == 0 ? "true" : "false")}}},\"items\":[{string.Join(',', items)}],"
            + $"\"tags\":{{\"shop\":\"shop-{index % 30}\",\"day\":\"{index % 365}\"}}}}"));
    }
}
