using System.Text.Json;

namespace Tarn.Delivery.Jq.Values;

/// <summary>
/// An object that was made, or one of the input that is read when it is looked into. Of members of one name the last
/// counts, at the place of the first.
/// </summary>
internal sealed class JqObject
{
    private readonly JsonElement _source;
    private OrderedDictionary<string, JqValue>? _members;

    public JqObject(JsonElement source) => _source = source;

    public JqObject(OrderedDictionary<string, JqValue> members) => _members = members;

    public OrderedDictionary<string, JqValue> Members => _members ??= Read(_source);

    /// <summary>The member, or null when there is none.</summary>
    public JqValue At(string name) => Find(name) ?? JqValue.Null;

    public JqValue? Find(string name)
    {
        if (_members is not null)
        {
            return _members.TryGetValue(name, out var value) ? value : null;
        }

        return _source.TryGetProperty(name, out var element) ? JqValue.Of(element) : null;
    }

    private static OrderedDictionary<string, JqValue> Read(JsonElement source)
    {
        var members = new OrderedDictionary<string, JqValue>(StringComparer.Ordinal);
        try
        {
            foreach (var member in source.EnumerateObject())
            {
                members[member.Name] = JqValue.Of(member.Value);
            }
        }
        catch (InvalidOperationException)
        {
            throw new JqFault("a member's name is not valid Unicode");
        }

        return members;
    }
}
