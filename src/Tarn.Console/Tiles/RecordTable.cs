using System.Text;
using System.Text.Json;
using Tarn.Streams.Records;

namespace Tarn.Console.Tiles;

/// <summary>
/// Records as a table: the fields of JSON objects become columns in the order in which they are first seen.
/// Anything else is shown as text in a column <c>data</c>.
/// </summary>
internal static class RecordTable
{
    private const int ColumnsMax = 50;
    private const int TextMax = 1000;
    private const string DataColumn = "data";

    public static (IReadOnlyList<TileColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) Of(
        IReadOnlyList<StreamRecord> records)
    {
        var fields = records.Select(record => Fields(record.Data)).ToList();
        var columns = new List<TileColumn>();
        foreach (var (name, value) in fields.SelectMany(row => row).Where(field => field.Value is not null))
        {
            if (columns.Count < ColumnsMax && columns.All(column => column.Name != name))
            {
                columns.Add(new TileColumn(name, TypeOf(value)));
            }
        }

        return (columns, [.. fields.Select(row => columns.ConvertAll(column => row.GetValueOrDefault(column.Name)))]);
    }

    private static Dictionary<string, object?> Fields(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var fields = new Dictionary<string, object?>();
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    fields[property.Name] = Value(property.Value);
                }

                return fields;
            }
        }
        catch (JsonException)
        {
            // Not JSON: shown as text.
        }

        return new Dictionary<string, object?> { [DataColumn] = Cut(Encoding.UTF8.GetString(data.Span)) };
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Cut(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        _ => Cut(element.GetRawText()),
    };

    private static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax] + "…";

    private static string TypeOf(object? value) => value switch
    {
        long => "bigint",
        double => "double",
        bool => "boolean",
        _ => "varchar",
    };
}
