using System.Text.Json;

namespace Tarn.Delivery.Suggestions;

/// <summary>
/// Looks for members of records that a table has no column for. Producers write members in one order, so each name is
/// first compared with the one that followed last time. Not thread-safe: one batch's.
/// </summary>
internal sealed class MemberWatch(IEnumerable<string> columns)
{
    private const int NamesMax = 1000;

    private readonly HashSet<string> _columns = new(columns, StringComparer.OrdinalIgnoreCase);
    private readonly List<Member> _members = [];
    private int _next;

    /// <summary>Name and type of each member without a column.</summary>
    public IReadOnlyDictionary<string, string> Unknown => _members
        .Where(member => !member.IsKnown && member.Type is not null)
        .ToDictionary(member => member.Name, member => member.Type!);

    /// <summary>A record begins.</summary>
    public void Begin() => _next = 0;

    /// <summary>
    /// Whether the text goes on with the name, in quotes and with its colon, that came next in the record before, and
    /// whose value can tell nothing new.
    /// </summary>
    public bool TryTakeExpected(ReadOnlySpan<byte> text, out int length)
    {
        var expected = _next < _members.Count && _members[_next].IsSettled ? _members[_next].Quoted : [];
        length = expected.Length;
        _next++;
        return length > 0 && text.StartsWith(expected);
    }

    /// <summary>The reader stands on the name of a member of the record; it stands on its value afterwards.</summary>
    public void See(ref Utf8JsonReader reader)
    {
        var member = Find(ref reader);
        reader.Read();
        if (member is { IsKnown: false } && MemberType.Of(ref reader) is { } type)
        {
            member.Type = member.Type is null ? type : MemberType.Widest(member.Type, type);
        }
    }

    private Member? Find(ref Utf8JsonReader reader)
    {
        for (var tried = 0; tried < _members.Count; tried++, _next++)
        {
            if (_next >= _members.Count)
            {
                _next = 0;
            }

            if (reader.ValueTextEquals(_members[_next].Utf8Name))
            {
                return _members[_next++];
            }
        }

        if (_members.Count == NamesMax)
        {
            return null;
        }

        var name = reader.GetString()!;
        var member = new Member(name, _columns.Contains(name));
        _members.Add(member);
        _next = _members.Count;
        return member;
    }

    private sealed class Member(string name, bool isKnown)
    {
        public string Name => name;

        public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

        /// <summary>With its colon. A name that JSON would have to escape never comes so.</summary>
        public byte[] Quoted { get; } = System.Text.Encoding.UTF8.GetBytes($"\"{name}\":");

        public bool IsKnown => isKnown;

        /// <summary>A column's, or one that was text already, which holds whatever comes.</summary>
        public bool IsSettled => isKnown || Type == MemberType.Text;

        public string? Type { get; set; }
    }
}
