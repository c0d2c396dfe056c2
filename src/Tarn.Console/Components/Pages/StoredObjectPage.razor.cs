using Microsoft.AspNetCore.Components;
using Tarn.Primitives.Errors;
using Tarn.Query.Previews;
using Tarn.Storage.Objects;

namespace Tarn.Console.Components.Pages;

/// <summary>One object: what is known of it, and its beginning.</summary>
public sealed partial class StoredObjectPage
{
    [Parameter]
    public required string Bucket { get; set; }

    [SupplyParameterFromQuery]
    public string? Key { get; set; }

    [Inject]
    private IObjectStore Objects { get; set; } = null!;

    [Inject]
    private IObjectPreviews Previews { get; set; } = null!;

    private string Name => Key is { Length: > 0 } key ? key[(key.TrimEnd('/').LastIndexOf('/') + 1)..] : "Object";

    private ObjectInfo? Info { get; set; }

    private ObjectPreview? Preview { get; set; }

    private bool IsMissing { get; set; }

    private string? Fault { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        (Info, Preview, Fault, IsMissing) = (null, null, null, false);
        try
        {
            var key = new ObjectKey(Bucket, Key ?? "");
            Info = await Objects.FindAsync(key, CancellationToken.None);
            IsMissing = Info is null;
            Preview = Info is null ? null : await Previews.ReadAsync(key, CancellationToken.None);
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }
}
