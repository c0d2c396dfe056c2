namespace Tarn.Storage.Objects;

/// <summary>A readable path for an object's bytes, valid until disposed.</summary>
public sealed class LocalFile(string path, ObjectInfo info, Action? release = null) : IDisposable
{
    public string Path { get; } = path;

    public ObjectInfo Info { get; } = info;

    public void Dispose() => release?.Invoke();
}
