using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>Databases, tables and live views with their columns; a click hands a name to the editor.</summary>
public sealed partial class SchemaTree
{
    /// <summary>Called with the text to insert.</summary>
    [Parameter]
    [EditorRequired]
    public EventCallback<string> Inserted { get; set; }

    [Inject]
    private SchemaReader Schema { get; set; } = null!;

    private IReadOnlyList<SchemaDatabase> Databases { get; set; } = [];

    private bool IsRead { get; set; }

    /// <summary>Reads the schema anew, after a statement changed it.</summary>
    public async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        Databases = await Schema.ReadAsync(CancellationToken.None);
        IsRead = true;
    }

    private static string Kind(SchemaTable table) => table.Type switch
    {
        SchemaTable.MaterializedView => "live view",
        "VIRTUAL_VIEW" => "view",
        _ => "table",
    };

    private static string Sign(SchemaTable table) => table.Type switch
    {
        SchemaTable.MaterializedView => "≈",
        "VIRTUAL_VIEW" => "◇",
        _ => "▤",
    };
}
