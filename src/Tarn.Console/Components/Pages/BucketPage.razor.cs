using Microsoft.AspNetCore.Components;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Console.Components.Pages;

/// <summary>One folder of a bucket, a page of names at a time.</summary>
public sealed partial class BucketPage
{
    private const int PageSize = 200;

    [Parameter]
    public required string Bucket { get; set; }

    [SupplyParameterFromQuery]
    public string? Prefix { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [Inject]
    private IObjectStore Objects { get; set; } = null!;

    private string Folder => Prefix ?? "";

    private ObjectPage? Page { get; set; }

    private string? Fault { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        (Page, Fault) = (null, null);
        try
        {
            var listing = new ObjectListing
            {
                Prefix = Folder, Delimiter = "/", After = After, EntriesMax = PageSize,
            };
            Page = await Objects.ListAsync(Bucket, listing, CancellationToken.None);
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }

    /// <summary>Within the folder; the folder's own object has none.</summary>
    private string NameOf(ObjectInfo found) =>
        found.Key.Key.Length == Folder.Length ? "(the folder itself)" : found.Key.Key[Folder.Length..];
}
