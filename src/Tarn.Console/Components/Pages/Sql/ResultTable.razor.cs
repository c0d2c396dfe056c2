using Microsoft.AspNetCore.Components;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>One page of a result, and the way to the others.</summary>
public sealed partial class ResultTable
{
    private const long RowsPerPage = 100;
    private static readonly string[] NumberTypes =
        ["tinyint", "smallint", "integer", "bigint", "real", "float", "double", "decimal"];

    [Parameter]
    [EditorRequired]
    public required ResultPage Page { get; set; }

    /// <summary>Number of the page's first row, from 0.</summary>
    [Parameter]
    public long First { get; set; }

    /// <summary>Rows of the whole result.</summary>
    [Parameter]
    public long Total { get; set; }

    /// <summary>Called with the first row of the page that is wanted.</summary>
    [Parameter]
    public EventCallback<long> Turned { get; set; }

    private static bool IsNumber(ResultColumn column) => NumberTypes.Contains(column.Type);
}
