namespace Tarn.Projects.Apply;

/// <summary>What applying a project would do, or did, to one resource.</summary>
/// <param name="Kind">Such as <c>stream</c>.</param>
/// <param name="Name">Such as <c>scores</c>.</param>
/// <param name="Action">What happens to it.</param>
public sealed record PlannedChange(string Kind, string Name, ChangeAction Action)
{
    /// <summary>One line, such as <c>+ stream scores</c>.</summary>
    public override string ToString() => $"{Sign} {Kind} {Name}";

    private char Sign => Action switch { ChangeAction.Create => '+', ChangeAction.Update => '~', _ => '=' };
}
