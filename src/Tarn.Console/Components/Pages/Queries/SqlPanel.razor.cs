using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>The statement that made the view.</summary>
public sealed partial class SqlPanel
{
    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;
}
