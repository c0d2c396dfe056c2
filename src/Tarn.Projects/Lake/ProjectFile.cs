namespace Tarn.Projects.Lake;

/// <summary>A file of a project.</summary>
/// <param name="Name">Path within the project, for errors.</param>
/// <param name="Stem">File name without extension: the resource's name.</param>
internal sealed record ProjectFile(string Name, string Stem, string Text);
