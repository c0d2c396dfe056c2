using System.Globalization;
using System.Text.Json;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Values as JSON.</summary>
internal static class CellJson
{
    /// <summary>Times as DuckDB and JSON readers take them; what JSON has no number for as text.</summary>
    public static void Write(Utf8JsonWriter json, BatchColumn column, int row)
    {
        switch (column.Value(row))
        {
            case null:
                json.WriteNullValue();
                break;
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case long value:
                json.WriteNumberValue(value);
                break;
            case double value when double.IsFinite(value):
                json.WriteNumberValue(value);
                break;
            case double value:
                json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                break;
            case decimal value:
                json.WriteNumberValue(value);
                break;
            case DateOnly value:
                json.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime value:
                var zone = column.Type.Sql == "TIMESTAMPTZ" ? "Z" : "";
                json.WriteStringValue(
                    value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + zone);
                break;
            case string when column.Type.Sql == "JSON":
                json.WriteRawValue(column.Text(row), skipInputValidation: true);
                break;
            default:
                json.WriteStringValue(column.Text(row));
                break;
        }
    }
}
