namespace Tarn.Storage.Objects.Local;

/// <summary>An object whose bytes are staged and that nobody sees yet.</summary>
/// <param name="Id">Of its row; its hex names the file in staging/.</param>
internal sealed record NewObject(ObjectKey Key, Guid Id, StagedFile Staged, ObjectAttributes Attributes)
{
    public ObjectRow ToRow(string path) => new(
        Key, Staged.Size, Staged.ETag, Modified: 0, Attributes.ContentType,
        StoredAttributes.Write(Attributes, StoredChecksum.From(Staged.Checksum)), path, Id, IsPlaced: false);
}
