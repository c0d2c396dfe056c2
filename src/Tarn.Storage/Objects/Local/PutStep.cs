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

    /// <summary>
    /// A file that is to be an earlier version, or current again, has a second name in staging/, synced.
    /// </summary>
    VersionLinked,

    /// <summary>The earlier version has its file; the path of the key is not changed yet.</summary>
    VersionPlaced,

    /// <summary>The row of a version is gone for good, that of the next one moved; no file is.</summary>
    VersionDeleteCommitted,

    /// <summary>The version that is current again has its file under the key's path.</summary>
    VersionRestored,

    /// <summary>The file of a version is gone; its folder is not synced.</summary>
    VersionRemoved,

    /// <summary>The folder of a new upload is there; its row is not.</summary>
    UploadFolderMade,

    /// <summary>The upload stands.</summary>
    UploadCommitted,

    /// <summary>All bytes of a part are in the upload's folder, synced; its row is not there.</summary>
    PartStaged,

    /// <summary>The part stands; the file of one that it replaced is still there.</summary>
    PartCommitted,

    /// <summary>The rows of an upload that was aborted, or went with its bucket, are gone; its files are not.</summary>
    UploadForgotten,

    /// <summary>The folder of a completed or aborted upload is gone.</summary>
    PartsRemoved,

    /// <summary>A file placed by hand is read and synced; it is no object yet.</summary>
    AdoptionRead,

    /// <summary>It is an object.</summary>
    Adopted,
}
