namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Where a put or delete can be stopped; tests take a copy of the data directory there, as kill -9 would leave it.
/// </summary>
internal enum PutStep
{
    /// <summary>All bytes are in staging/, synced.</summary>
    Staged,

    /// <summary>The row says what is new; the file is still in staging/. From here on the object is new.</summary>
    Committed,

    /// <summary>The file has its name; its folder is not synced.</summary>
    Placed,

    /// <summary>The row is gone; the file is not.</summary>
    DeleteCommitted,

    /// <summary>The file is gone too; its folder is not synced.</summary>
    FileRemoved,
}
