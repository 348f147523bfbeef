// An A2A agent on the JavaScript SDK. It knows nothing of the mesh.
// Prints the URL it listens on as its first line. "slow" keeps a task working until it is cancelled,
// "more" asks for input; everything else is echoed as an artifact in two chunks.
import express from 'express';
import { AgentEvent, DefaultRequestHandler, InMemoryTaskStore } from '@a2a-js/sdk/server';
import { agentCardHandler, jsonRpcHandler, restHandler, UserBuilder } from '@a2a-js/sdk/server/express';
import { TaskState, Role } from '@a2a-js/sdk';

const text = (value) => ({ content: { $case: 'text', value }, metadata: undefined, filename: '', mediaType: 'text/plain' });
const status = (state, said) => ({
  state,
  timestamp: new Date().toISOString(),
  message: said && {
    messageId: crypto.randomUUID(), role: Role.ROLE_AGENT, parts: [text(said)],
    contextId: '', taskId: '', metadata: undefined, extensions: [], referenceTaskIds: [],
  },
});

class Echo {
  #running = new Map();

  async execute(context, bus) {
    const { taskId, contextId, userMessage } = context;
    const said = userMessage.parts.map((part) => part.content?.value ?? '').join('\n');
    const update = (state, words) =>
      bus.publish(AgentEvent.statusUpdate({ taskId, contextId, status: status(state, words), metadata: undefined }));
    bus.publish(AgentEvent.task({
      id: taskId, contextId, status: status(TaskState.TASK_STATE_SUBMITTED), artifacts: [], history: [userMessage], metadata: undefined,
    }));
    update(TaskState.TASK_STATE_WORKING, 'at work');
    if (said.includes('slow')) {
      await new Promise((resolve) => this.#running.set(taskId, resolve));
      update(TaskState.TASK_STATE_CANCELED, 'cancelled');
    } else if (said.includes('more')) {
      update(TaskState.TASK_STATE_INPUT_REQUIRED, 'more of what?');
    } else {
      const chunk = (part, append, lastChunk) => bus.publish(AgentEvent.artifactUpdate({
        taskId, contextId, append, lastChunk, metadata: undefined,
        artifact: { artifactId: 'echo', name: 'echo', description: '', parts: [text(part)], metadata: undefined, extensions: [] },
      }));
      chunk('you said: ', false, false);
      chunk(said, true, true);
      update(TaskState.TASK_STATE_COMPLETED, 'done');
    }
    bus.finished();
  }

  async cancelTask(taskId) {
    this.#running.get(taskId)?.();
    this.#running.delete(taskId);
  }
}

const app = express();
const server = app.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const card = {
    name: 'JS Parrot', description: 'Repeats what it is told, word by word.', version: '1.0.0',
    provider: undefined, documentationUrl: '', iconUrl: '', securitySchemes: {}, securityRequirements: [], signatures: [],
    supportedInterfaces: [
      { url, protocolBinding: 'JSONRPC', protocolVersion: '1.0', tenant: '' },
      { url: `${url}rest`, protocolBinding: 'HTTP+JSON', protocolVersion: '1.0', tenant: '' },
    ],
    capabilities: { streaming: true, pushNotifications: false, extendedAgentCard: false, extensions: [] },
    defaultInputModes: ['text/plain'], defaultOutputModes: ['text/plain'],
    skills: [{
      id: 'parrot', name: 'Parrot', description: 'Repeats a sentence like a parrot.', tags: ['parrot', 'echo'],
      examples: ['Parrot: good morning'], inputModes: [], outputModes: [], securityRequirements: [],
    }],
  };
  const requestHandler = new DefaultRequestHandler(card, new InMemoryTaskStore(), new Echo());
  app.use('/.well-known/agent-card.json', agentCardHandler({ agentCardProvider: requestHandler }));
  app.use('/rest', restHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication }));
  app.use(jsonRpcHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication }));
  console.log(url);
});
process.on('SIGTERM', () => process.exit(0));
