namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A view whose SELECT stands in another's, as it was when that one was made.</summary>
/// <param name="Inlined">The views that it reads in its turn. Null: stored before they were kept.</param>
internal sealed record InlinedView(
    string Name, string Database, string Select, bool EmitsOnClose, IReadOnlyList<InlinedView>? Inlined)
{
    public static InlinedView Of(ViewSpec view) =>
        new(view.Name, view.Database, view.Select, view.EmitsOnClose, view.Inlined);

    public bool Equals(InlinedView? other) => other is not null
        && (Name, Database, Select, EmitsOnClose)
            == (other.Name, other.Database, other.Select, other.EmitsOnClose)
        && (Inlined ?? []).SequenceEqual(other.Inlined ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, Database, Select, EmitsOnClose);
}
