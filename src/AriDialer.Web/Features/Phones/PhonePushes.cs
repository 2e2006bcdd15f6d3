using AriDialer.Ari;
using AriDialer.Calls.Provisioning;

namespace AriDialer.Web.Features.Phones;

/// <summary>A phone as Asterisk should have it: a browser's, or a telephone on a desk.</summary>
internal sealed record PushedPhone(string Endpoint, string Password, string UserId, string? Number, string DisplayName, bool IsDesk = false);

/// <summary>
/// Brings phones into Asterisk and out again, and tells its dialplan which phones belong to a number, for the time when
/// AriDialer is away. One push at a time: what the dialplan is told last must be what is true last.
/// </summary>
internal sealed class PhonePushes(Provisioner provisioner) : IDisposable
{
    private const int MostTeamPhones = 48;

    private readonly SemaphoreSlim _one = new(1);
    private readonly SemaphoreSlim _roundIsDue = new(0);

    // What this Asterisk has, by endpoint.
    private readonly Dictionary<string, PushedPhone> _pushed = [];

    // What its dialplan was told of the numbers of teams.
    private readonly Dictionary<string, string[]> _teams = [];

    /// <summary>Pushes a phone that Asterisk does not have, or has otherwise.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public async Task PutAsync(PushedPhone phone, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var earlier = _pushed.GetValueOrDefault(phone.Endpoint);
            if (earlier == phone)
                return;

            await PutOneAsync(phone, cancellationToken);
            await SetFallbackAsync(phone.Number, cancellationToken);
            if (earlier?.Number != phone.Number)
                await SetFallbackAsync(earlier?.Number, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Pushes those of the phones that Asterisk does not have, or has otherwise.</summary>
    public async Task PutEachAsync(IReadOnlyCollection<PushedPhone> phones, CancellationToken cancellationToken)
    {
        foreach (var phone in phones)
        {
            await PutAsync(phone, cancellationToken);
        }
    }

    /// <summary>Pushes all phones into an Asterisk of which nothing is known.</summary>
    public async Task PutAllAsync(IReadOnlyCollection<PushedPhone> phones, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _pushed.Clear();
            _teams.Clear();
            foreach (var phone in phones)
            {
                await PutOneAsync(phone, cancellationToken);
            }

            foreach (var number in phones.Select(phone => phone.Number).Distinct())
            {
                await SetFallbackAsync(number, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task RemoveAsync(string endpoint, string? number, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // First out of the dialplan: it must not ring a phone that is about to go.
            _pushed.Remove(endpoint, out var pushed);
            await SetFallbackAsync(number, cancellationToken);
            if (pushed?.Number != number)
                await SetFallbackAsync(pushed?.Number, cancellationToken);
            await provisioner.RemovePhoneAsync(endpoint, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Tells the dialplan which phones a team's number rings, where it was told otherwise, or of a team that is gone.</summary>
    /// <param name="members">Whose phones, by the team's number.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task SetTeamsAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> members, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            foreach (var number in _teams.Keys.Where(number => !members.ContainsKey(number)).ToArray())
            {
                // It may be a person's by now.
                await SetFallbackAsync(number, cancellationToken);
                _teams.Remove(number);
            }

            foreach (var (number, userIds) in members)
            {
                string[] phones = [.. _pushed.Values.Where(phone => userIds.Contains(phone.UserId)).Select(phone => phone.Endpoint).Order().Take(MostTeamPhones)];
                if (_teams.TryGetValue(number, out var told) && told.SequenceEqual(phones))
                    continue;

                await provisioner.SetFallbackAsync(number, phones, cancellationToken);
                _teams[number] = phones;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>True where this Asterisk was given the phone.</summary>
    public async Task<bool> HasAsync(string endpoint, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return _pushed.ContainsKey(endpoint);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Says that phones have changed: what was withdrawn is to leave Asterisk now, not at the next round.</summary>
    public void RoundIsDue() => _roundIsDue.Release();

    /// <summary>Waits until that is said, or the time is up.</summary>
    public async Task WaitForRoundAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _roundIsDue.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time for the usual round.
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _roundIsDue.Dispose();
    }

    private async Task PutOneAsync(PushedPhone phone, CancellationToken cancellationToken)
    {
        var endpoint = new PhoneEndpoint(phone.Endpoint, phone.Password, phone.Number ?? "", phone.DisplayName);
        await (phone.IsDesk ? provisioner.PutDeskPhoneAsync(endpoint, cancellationToken) : provisioner.PutPhoneAsync(endpoint, cancellationToken));
        _pushed[phone.Endpoint] = phone;
    }

    private Task SetFallbackAsync(string? number, CancellationToken cancellationToken) => number is null
        ? Task.CompletedTask
        : provisioner.SetFallbackAsync(number, _pushed.Values.Where(phone => phone.Number == number).Select(phone => phone.Endpoint), cancellationToken);
}
