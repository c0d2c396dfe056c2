using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;

namespace Tarn.Dashboards.Declarations;

/// <summary>
/// The stored form of a dashboard (docs/formats/dashboards.md):
/// <code>
/// {"format":1,"title":"...","tiles":[
///   {"title":"...","kind":"bar","view":"...","sql":"...","stream":"...","delivery":"...",
///    "x":"...","y":"...","order_by":"...","rows_max":50,"refresh_seconds":60,"width":6}]}
/// </code>
/// The name is the resource's. Fields that are null are left out. New fields are only ever added.
/// </summary>
internal static class DashboardRecord
{
    public const string Kind = "dashboard";

    private const int Format = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write(DashboardSpec spec) =>
        JsonSerializer.Serialize(new Layout(Format, spec.Title, spec.Tiles), Json);

    public static DashboardSpec Read(string name, string text)
    {
        try
        {
            var layout = JsonSerializer.Deserialize<Layout>(text, Json);
            return layout is { Format: Format, Title: not null, Tiles: not null }
                ? new DashboardSpec { Name = name, Title = layout.Title, Tiles = layout.Tiles }
                : throw new TarnException(
                    ErrorKind.Damaged, $"dashboard '{name}' is stored in format {layout?.Format}, not {Format}");
        }
        catch (JsonException error)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"the stored dashboard '{name}' is not readable", error.Message, cause: error);
        }
    }

    private sealed record Layout(int Format, string? Title, IReadOnlyList<TileSpec>? Tiles);
}
