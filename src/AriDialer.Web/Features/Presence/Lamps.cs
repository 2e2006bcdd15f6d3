namespace AriDialer.Web.Features.Presence;

/// <summary>How everybody is, from what is known of people, their pages and their calls. Knows no clock; one caller at a time.</summary>
internal sealed class Lamps
{
    private readonly Dictionary<string, KnownPerson> _people = [];
    private readonly HashSet<string> _here = [];

    /// <summary>The people with a phone that is up in each live call.</summary>
    private readonly Dictionary<string, HashSet<string>> _talkers = [];

    /// <summary>The calls that each person is in, and since when.</summary>
    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _calls = [];

    public IEnumerable<Lamp> All => _people.Values.Select(LampOf);

    public KnownPerson? Person(string userId) => _people.GetValueOrDefault(userId);

    public Lamp? Of(string userId) => _people.TryGetValue(userId, out var person) ? LampOf(person) : null;

    public void Put(KnownPerson person) => _people[person.UserId] = person;

    public void Remove(string userId) => _people.Remove(userId);

    public void Here(string userId, bool isHere)
    {
        if (isHere)
            _here.Add(userId);
        else
            _here.Remove(userId);
    }

    /// <summary>Takes a call as it now is.</summary>
    /// <returns>The people who came into it or went out of it.</returns>
    public IReadOnlyCollection<string> Apply(CallSnapshot call, DateTimeOffset now)
    {
        var isNew = !_talkers.TryGetValue(call.Id, out var before);
        var talkers = TalkersOf(call);
        if (call.State == CallState.Ended)
            _talkers.Remove(call.Id);
        else
            _talkers[call.Id] = talkers;

        if (before is null ? talkers.Count == 0 : before.SetEquals(talkers))
            return [];

        // Found in mid-call, after a restart: they have been in it since it was answered, for all that is known.
        var since = isNew ? call.AnsweredAt ?? now : now;
        string[] came = [.. talkers.Where(person => before?.Contains(person) != true)];
        string[] went = [.. before?.Where(person => !talkers.Contains(person)) ?? []];
        Array.ForEach(came, person => Enter(person, call.Id, since));
        Array.ForEach(went, person => Leave(person, call.Id));
        return [.. came, .. went];
    }

    private void Enter(string userId, string callId, DateTimeOffset since)
    {
        if (!_calls.TryGetValue(userId, out var calls))
            _calls[userId] = calls = [];
        calls[callId] = since;
    }

    private void Leave(string userId, string callId)
    {
        if (_calls.TryGetValue(userId, out var calls) && calls.Remove(callId) && calls.Count == 0)
            _calls.Remove(userId);
    }

    // The first leg is the caller's. It may carry no user: whose it is the call's caller tells.
    private static HashSet<string> TalkersOf(CallSnapshot call)
    {
        HashSet<string> talkers = [];
        for (var index = 0; index < call.Legs.Length; index++)
        {
            var leg = call.Legs[index];
            if (leg.State == LegState.Up && (leg.UserId ?? (index == 0 ? call.Caller.UserId : null)) is { } userId)
                talkers.Add(userId);
        }

        return talkers;
    }

    private Lamp LampOf(KnownPerson person)
    {
        DateTimeOffset? since = _calls.TryGetValue(person.UserId, out var calls) ? calls.Values.Min() : null;
        var state = since is not null ? PresenceState.OnCall : person.Chosen switch
        {
            ChosenPresence.DoNotDisturb => PresenceState.DoNotDisturb,
            ChosenPresence.Away => PresenceState.Away,
            _ => _here.Contains(person.UserId) ? PresenceState.Available : PresenceState.Away,
        };
        return new Lamp(person.UserId, person.Name, person.Number, person.Display, person.Dial, state, since);
    }
}
