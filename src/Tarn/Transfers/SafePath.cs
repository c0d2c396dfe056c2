using Tarn.Primitives.Errors;

namespace Tarn.Transfers;

/// <summary>
/// Where an object's file lies below the folder that it is copied to. A key is text of strangers: one that would lead
/// out of the folder, by its own steps or through a link that lies there, is refused.
/// </summary>
internal static class SafePath
{
    /// <param name="name">The key below the folder's prefix.</param>
    /// <exception cref="TarnException">Invalid when the name is no file below the folder.</exception>
    public static string Of(string folder, string name)
    {
        var steps = name.Split('/');
        if (steps.Any(step => step is "" or "." or ".." || step.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{name}' is no name for a file",
                "a part of it is empty, '.' or '..', or holds a character that no file name may hold",
                "copy this object alone, to a file name of your choice");
        }

        var path = folder;
        foreach (var step in steps[..^1])
        {
            path = Path.Combine(path, step);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"'{name}' would be written through the link {path} to {target}");
            }
        }

        return Path.Combine(path, steps[^1]);
    }
}
