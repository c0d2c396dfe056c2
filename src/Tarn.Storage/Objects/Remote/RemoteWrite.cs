namespace Tarn.Storage.Objects.Remote;

/// <summary>The requests of S3 that make an object, which services hold conditions for one by one.</summary>
internal enum RemoteWrite
{
    /// <summary>PutObject.</summary>
    Put,

    /// <summary>CopyObject.</summary>
    Copy,

    /// <summary>CompleteMultipartUpload.</summary>
    Completion,
}
