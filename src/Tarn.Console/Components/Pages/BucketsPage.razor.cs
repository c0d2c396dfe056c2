using Microsoft.AspNetCore.Components;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Console.Components.Pages;

/// <summary>All buckets.</summary>
public sealed partial class BucketsPage
{
    [Inject]
    private IObjectStore Objects { get; set; } = null!;

    private IReadOnlyList<BucketInfo>? Buckets { get; set; }

    private string? Fault { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            Buckets = await Objects.ListBucketsAsync(CancellationToken.None);
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }
}
