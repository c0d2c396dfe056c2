namespace Tarn.Storage.Objects.Local;

/// <summary>A file name that has changed and waits for the fsync of its folder.</summary>
/// <param name="IsRemoval">True: the file is gone (row of <c>removal</c>); false: it is in place (row of
/// <c>object</c>).</param>
/// <param name="Path">Relative to the bucket's folder.</param>
/// <param name="Id">Of the row it belongs to; a row that was replaced meanwhile is left alone.</param>
internal sealed record Settlement(ObjectKey Key, string Path, Guid Id, bool IsRemoval);
