using Tarn.Storage.Objects.Notifications;

namespace Tarn.Storage.Objects.Local;

/// <summary>An object whose bytes are staged and that nobody sees yet.</summary>
/// <param name="Id">Of its row; its hex names the file in staging/.</param>
internal sealed record NewObject(ObjectKey Key, Guid Id, StagedFile Staged, ObjectAttributes Attributes)
{
    /// <summary>The upload that it was, and that ends with the commit; or null.</summary>
    public Guid? Upload { get; init; }

    /// <summary>What made it; an upload that ends with it has its own event.</summary>
    public ObjectEvent Event { get; init; } =
        Attributes.IsForm ? ObjectEvent.CreatedPost : ObjectEvent.CreatedPut;

    /// <summary>As <see cref="StoredParts"/> writes them, or null.</summary>
    public string? Parts { get; init; }

    public ObjectRow ToRow(string path) => new(
        Key, Staged.Size, Staged.ETag, Modified: 0, Attributes.ContentType,
        StoredAttributes.Write(Attributes, StoredChecksum.From(Staged.Checksum)), path, Id, IsPlaced: false)
    {
        Parts = Parts,
    };
}
