namespace Tarn.Storage.Objects.Scanning;

/// <summary>What a scan came upon.</summary>
public enum ScanFindingKind
{
    /// <summary>A file became an object.</summary>
    Adopted,

    /// <summary>A file is no object and was left alone.</summary>
    Left,

    /// <summary>An object's file is gone.</summary>
    FileMissing,

    /// <summary>An object's file has another length than it was stored with.</summary>
    LengthDiffers,
}
