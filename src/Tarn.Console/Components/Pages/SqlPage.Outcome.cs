using Microsoft.JSInterop;
using Tarn.Console.Components.Pages.Sql;
using Tarn.Query.Executions;
using Tarn.Storage.Objects;

namespace Tarn.Console.Components.Pages;

/// <summary>What a statement gave: rows in pages, lines of text, or a count; and what it changed.</summary>
public sealed partial class SqlPage
{
    /// <summary>Lines of a text that are shown; the object has all.</summary>
    private const int LinesShown = 1000;

    private SchemaTree? tree;

    /// <summary>The object of the rows; a statement that wrote some has none.</summary>
    private ObjectKey? ResultObject =>
        Execution is { State: QueryState.Succeeded, UpdateCount: null, RowCount: > 0, ResultLocation: { } location }
            ? ObjectKey.Parse(location)
            : null;

    /// <summary>Whether the result is lines, such as those of SHOW and EXPLAIN, and no table.</summary>
    private bool IsText => Execution?.ResultLocation?.EndsWith(".txt", StringComparison.Ordinal) == true;

    /// <summary>Such as "3 rows", "3 rows written", "done".</summary>
    private static string Told(QueryExecution execution, bool isText) => execution.UpdateCount is { } written
        ? Human.Count(written, "row") + " written"
        : isText ? "done" : Human.Count(execution.RowCount, "row");

    private static string Joined(ResultPage lines) => string.Join('\n', lines.Rows.Select(row => row[0]));

    private async Task TurnAsync(long firstRow)
    {
        if (Execution is not { UpdateCount: null } execution || (IsText && execution.RowCount == 0))
        {
            return;
        }

        var rowsMax = IsText ? LinesShown : RowsShown;
        Rows = await Queries.ReadAsync(execution.Id, firstRow, rowsMax, leaving.Token);
        FirstRow = firstRow;
    }

    private async Task ListDatabasesAsync()
    {
        var databases = await Catalog.ListDatabasesAsync(leaving.Token);
        Databases = [.. databases.Select(database => database.Name).Append("default").Distinct().Order()];
    }

    /// <summary>After a definition: the schema and the list of databases anew.</summary>
    private async Task LearnNamesAsync()
    {
        await ListDatabasesAsync();
        if (tree is not null)
        {
            await tree.RefreshAsync();
        }
    }

    /// <summary>Puts the cursor where the error is.</summary>
    private async Task GoAsync(SourceLine place)
    {
        if (script is not null)
        {
            await script.InvokeVoidAsync("place", editor, place.Line, place.Column);
        }
    }
}
