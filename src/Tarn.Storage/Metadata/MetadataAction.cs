namespace Tarn.Storage.Metadata;

/// <summary>What a <see cref="MetadataChange"/> does.</summary>
public enum MetadataAction
{
    /// <summary>Writes the spec, or deletes the resource when the spec is null.</summary>
    Write,

    /// <summary>
    /// Changes nothing; the batch fails with Conflict unless the resource exists (in the expected version, if one is
    /// given).
    /// </summary>
    Require,

    /// <summary>Deletes every resource of the kind whose name begins with the change's name.</summary>
    DeletePrefix,
}
