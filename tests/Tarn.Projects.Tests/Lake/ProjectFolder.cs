using Tarn.Projects.Lake;
using Tarn.Testing;

namespace Tarn.Projects.Tests.Lake;

/// <summary>A lake project's folder of real files.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly TempDirectory directory = new();

    public string Path => directory.Path;

    public ProjectFolder With(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public LakeProject Read() => LakeProjectReader.Read(Path);

    public void Dispose() => directory.Dispose();
}
