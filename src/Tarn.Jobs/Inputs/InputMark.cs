using Tarn.Storage.Metadata;

namespace Tarn.Jobs.Inputs;

/// <summary>
/// A resource whose version tells that something happened, so that a transaction can depend on its not having happened
/// since a look. There are two: runs are planned (<see cref="Planned"/>), and compaction puts objects in the place of
/// others (<see cref="Switched"/>). Each side moves its own and holds the other's still, so that no run is planned on
/// objects whose place is being taken.
/// </summary>
/// <remarks>Layout: resource kind <c>input-mark</c>, name <c>planned</c> or <c>switched</c>, spec <c>{}</c>.</remarks>
internal static class InputMark
{
    public const string Planned = "planned";
    public const string Switched = "switched";

    private const string Kind = "input-mark";
    private const string Spec = "{}";

    /// <summary>A change that fits only while the mark stands as it does now. Ask before looking.</summary>
    public static async Task<MetadataChange> HoldAsync(
        IMetadataStore metadata, string mark, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(Kind, mark, cancellation).ConfigureAwait(false);
        return found is null
            ? MetadataChange.Create(Kind, mark, Spec)
            : MetadataChange.Require(Kind, mark, found.Version);
    }

    public static MetadataChange Move(string mark) => MetadataChange.Put(Kind, mark, Spec);
}
