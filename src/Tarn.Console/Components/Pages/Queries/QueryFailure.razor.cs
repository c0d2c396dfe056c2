using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>Why a view has stopped, and how it goes on.</summary>
public sealed partial class QueryFailure
{
    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    private string Name => SqlNames.Of(View.Database, View.Name);
}
