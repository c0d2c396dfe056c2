using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Views;

/// <summary>
/// A view as Athena and Trino keep it in the catalog, within <see cref="Table.ViewOriginalText"/>:
/// <code>
/// /* Presto View: BASE64 */        of  {"originalSql":"SELECT ...", "catalog":"awsdatacatalog", "schema":"default",
///                                       "columns":[{"name":"day", "type":"varchar"}]}
/// </code>
/// What other writers add (comment, owner, runAsInvoker) is read over; a view runs with the rights of who queries it.
/// </summary>
public sealed record PrestoView
{
    /// <summary>The catalog's one name for itself.</summary>
    public const string CatalogName = "awsdatacatalog";

    private const string Prefix = "/* Presto View: ";
    private const string Suffix = " */";

    /// <summary>The query alone, without CREATE VIEW.</summary>
    [JsonPropertyName("originalSql")]
    public required string Sql { get; init; }

    [JsonPropertyName("catalog")]
    public string Catalog { get; init; } = CatalogName;

    /// <summary>Database of the names in it that have none.</summary>
    [JsonPropertyName("schema")]
    public required string Database { get; init; }

    [JsonPropertyName("columns")]
    public required IReadOnlyList<PrestoViewColumn> Columns { get; init; }

    /// <summary>Whether a catalog's table is such a view.</summary>
    public static bool Is(Table table) => table.TableType == "VIRTUAL_VIEW";

    /// <summary>The text for <see cref="Table.ViewOriginalText"/>.</summary>
    public string Encode() =>
        Prefix + Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, ViewJson.Default.PrestoView))
            + Suffix;

    /// <summary>Throws Invalid with code INVALID_VIEW, naming the view, for a text that is not of this form.</summary>
    public static PrestoView Decode(Table view)
    {
        var text = (view.ViewOriginalText ?? "").Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !text.EndsWith(Suffix, StringComparison.Ordinal))
        {
            throw NotAView(view, $"its text does not have the form '{Prefix}...{Suffix}'", cause: null);
        }

        try
        {
            var json = Convert.FromBase64String(text[Prefix.Length..^Suffix.Length].Trim());
            return JsonSerializer.Deserialize(json, ViewJson.Default.PrestoView) ?? throw new JsonException("null");
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            throw NotAView(view, failure.Message, failure);
        }
    }

    private static TarnException NotAView(Table view, string detail, Exception? cause) => new(
        ErrorKind.Invalid,
        $"view '{view.Name}' cannot be read: only views as Athena writes them can",
        detail,
        hint: "make it again with CREATE OR REPLACE VIEW",
        cause) { Code = "INVALID_VIEW" };
}
