// The JavaScript SDK's client against the URL given first: every operation once, a JSON object a line.
// usage: node client.mjs URL TEXT SLOW_TEXT [BINDING]
import { ClientFactory, ClientFactoryOptions } from '@a2a-js/sdk/client';
import { Role, TaskState } from '@a2a-js/sdk';

const [url, words, slowWords, binding = 'JSONRPC'] = process.argv.slice(2);
const options = ClientFactoryOptions.createFrom(ClientFactoryOptions.default, { preferredTransports: [binding] });
const client = await new ClientFactory(options).createFromUrl(url);
const request = (text, returnImmediately = false) => ({
  tenant: '', metadata: undefined,
  configuration: { acceptedOutputModes: [], returnImmediately, historyLength: undefined, taskPushNotificationConfig: undefined },
  message: {
    messageId: crypto.randomUUID(), role: Role.ROLE_USER, contextId: '', taskId: '', metadata: undefined, extensions: [], referenceTaskIds: [],
    parts: [{ content: { $case: 'text', value: text }, metadata: undefined, filename: '', mediaType: 'text/plain' }],
  },
});
const say = (op, rest) => console.log(JSON.stringify({ op, ...rest }));
const textOf = (task) => (task.artifacts ?? []).flatMap((a) => a.parts).map((p) => p.content?.value ?? '').join('');

const sent = await client.sendMessage(request(words));
say('send', { state: TaskState[sent.status?.state], text: textOf(sent), id: sent.id });

const kinds = [];
let last = null;
for await (const event of client.sendMessageStream(request(words))) {
  kinds.push(event.payload.$case);
  if (event.payload.value.status) last = event.payload.value.status.state;
}
say('stream', { kinds, state: TaskState[last] });

const got = await client.getTask({ tenant: '', id: sent.id, historyLength: undefined });
say('get', { id: got.id, state: TaskState[got.status.state] });

const listed = await client.listTasks({
  tenant: '', contextId: sent.contextId, status: TaskState.TASK_STATE_UNSPECIFIED, pageSize: 10, pageToken: '',
  historyLength: undefined, statusTimestampAfter: undefined, includeArtifacts: false,
});
say('list', { ids: listed.tasks.map((task) => task.id), total: listed.totalSize });

const slow = await client.sendMessage(request(slowWords, true));
const resubscribed = client.resubscribeTask({ tenant: '', id: slow.id });
const first = await resubscribed.next();
say('subscribe', { kind: first.value.payload.$case, id: first.value.payload.value.id });
const cancelled = await client.cancelTask({ tenant: '', id: slow.id, metadata: undefined });
say('cancel', { state: TaskState[cancelled.status.state] });
let end = null;
for await (const event of resubscribed) end = event.payload.value.status?.state ?? end;
say('end', { state: TaskState[end] });

try {
  await client.getTask({ tenant: '', id: 'no-such-task', historyLength: undefined });
  say('error', { name: null });
} catch (error) {
  say('error', { name: error.constructor.name, message: error.message });
}
