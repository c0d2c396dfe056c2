using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Query.Sources;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTableMetadata.html. The expression is a regular one
/// that a whole name matches, without regard to case.
/// </summary>
internal sealed class ListTableMetadata(ICatalog catalog, ILiveTables live) : AthenaOperation<ListTableMetadata.Input>
{
    private const int PageMax = 50;

    public override string Name => "ListTableMetadata";

    protected override Input Read(JsonMembers members)
    {
        DataCatalog.Read(members, "CatalogName");
        var database = members.RequiredText("DatabaseName");
        var expression = AthenaErrors.Sized("Expression", members.Text("Expression") ?? "", 0, 256);
        return new Input(database, Pattern(expression), AthenaPage.Read(members, PageMax, 1, PageMax));
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var database = await MetadataAnswer.RequireAsync(catalog, live, input.Database, cancellation);
        var tables = await catalog.FindDatabaseAsync(database.Name, cancellation) is null
            ? [] : await catalog.ListTablesAsync(database.Name, cancellation);
        var views = await live.ListAsync(database.Name, cancellation);
        var found = tables.Concat(views).OrderBy(table => table.Name.Name, StringComparer.Ordinal)
            .Where(table => input.Pattern?.IsMatch(table.Name.Name) ?? true).ToList();
        input.Page.Write(answer, "TableMetadataList", found, MetadataAnswer.Write);
    }

    private static Regex? Pattern(string expression)
    {
        if (expression.Length == 0)
        {
            return null;
        }

        try
        {
            return new Regex($"^(?:{expression})$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw AthenaErrors.Invalid($"Expression '{expression}' is no regular expression: {failure.Message}");
        }
    }

    internal sealed record Input(string Database, Regex? Pattern, AthenaPage Page);
}
