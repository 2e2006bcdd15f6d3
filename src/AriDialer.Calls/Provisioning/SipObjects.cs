using System.Security.Cryptography;
using System.Text;
using AriDialer.Ari;
using AriDialer.Ari.Models;

namespace AriDialer.Calls.Provisioning;

/// <summary>What Asterisk keeps in memory for its SIP channel driver: endpoints, and the auth, aor, identify and registration of each.</summary>
internal sealed class SipObjects(AriClient ari)
{
    private const string Class = "res_pjsip";

    // A word that stays within Asterisk and means nothing to it. A variable (set_var) would do too, but an endpoint that has one cannot
    // be changed by anybody ever after: "Allocation failed".
    private const string SettingsTag = "callerid_tag";

    /// <summary>Makes an object, or changes these fields of it.</summary>
    internal Task PutAsync(string type, string id, CancellationToken cancellationToken, params (string Attribute, string Value)[] fields) =>
        ari.Asterisk.UpdateObjectAsync(
            Class, type, id, [.. fields.Select(field => new ConfigTuple { Attribute = field.Attribute, Value = field.Value })], cancellationToken);

    /// <summary>Sees to it that an endpoint is there with just these fields.</summary>
    /// <remarks>
    /// Asterisk changes an object by writing the old one down and reading that back. For an endpoint without a caller id it writes
    /// "&lt;unknown&gt;", and from then on "unknown" is the number of all who call from there, whatever their INVITE says; a number that
    /// is to go stays. So an endpoint is left alone where it is as it should be, which its tag tells, and made anew where not.
    /// </remarks>
    internal async Task PutEndpointAsync(string name, CancellationToken cancellationToken, params (string Attribute, string Value)[] fields)
    {
        var settings = Fingerprint(fields);
        if (await ReadAsync("endpoint", name, cancellationToken) is { } there)
        {
            if (there[SettingsTag].Contains(settings))
                return;

            await RemoveAsync(name, ["endpoint"], cancellationToken);
        }

        await PutAsync("endpoint", name, cancellationToken, [.. fields, (SettingsTag, settings)]);
    }

    /// <summary>An object's fields, each with its values; null where it is not there.</summary>
    internal async Task<ILookup<string, string>?> ReadAsync(string type, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await ari.Asterisk.GetObjectAsync(Class, type, name, cancellationToken)).ToLookup(field => field.Attribute, field => field.Value);
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return null;
        }
    }

    /// <summary>Removes the objects of this name and these types, those that are there.</summary>
    internal async Task RemoveAsync(string name, string[] types, CancellationToken cancellationToken)
    {
        foreach (var type in types)
        {
            try
            {
                await ari.Asterisk.DeleteObjectAsync(Class, type, name, cancellationToken);
            }
            catch (AriException e) when (e.Kind == AriErrorKind.Gone)
            {
                // Asterisk restarted since, or it was withdrawn before.
            }
        }
    }

    private static string Fingerprint((string Attribute, string Value)[] fields) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', fields.Select(field => $"{field.Attribute}={field.Value}")))))[..16];
}
